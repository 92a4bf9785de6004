import os

from openai import OpenAI

client = OpenAI(
    base_url="https://api.routescope.ai/v1",
    api_key=os.environ["ROUTESCOPE_API_KEY"],
)

transcription = client.audio.transcriptions.create(
    model="whisper-1",
    file=("hello.mp3", b"sound", "audio/mpeg"),
)
print(transcription.text)
