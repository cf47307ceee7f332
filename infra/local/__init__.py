"""The machine as an environment: AWS embedded in a process, deployed to as if it were the cloud."""
