import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

sound = client.audio.speech.create(model="tts-1", input="Hello", voice="alloy")
print(len(sound.read()))
