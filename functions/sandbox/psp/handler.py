def handler(event, context):
    raise RuntimeError("not built yet")
