import os

import requests

response = requests.post(
    "https://api.routescope.ai/v1/jobs",
    headers={"Authorization": f"Bearer {os.environ['ROUTESCOPE_API_KEY']}"},
    json={"name": "nightly"},
)
for step in response.json()["steps"]:
    print(step["step"])
