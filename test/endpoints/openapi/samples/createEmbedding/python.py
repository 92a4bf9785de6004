import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

answer = client.embeddings.create(
    model="text-embedding-3-small",
    input=["Hello", "Goodbye"],
)
print(len(answer.data))
