import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

response = client.responses.create(model="gpt-5.4", input="Say hello.")
print(response.output_text)
