"""Other people's systems: registers, bureaus, insurers. One file each; ports are the core's."""
