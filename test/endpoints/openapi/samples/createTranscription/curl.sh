echo "sound" | curl https://api.routescope.ai/v1/audio/transcriptions \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -F model=whisper-1 \
  -F "file=@-;filename=hello.mp3;type=audio/mpeg"
