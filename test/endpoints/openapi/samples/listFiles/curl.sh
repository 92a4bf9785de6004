curl https://api.routescope.ai/v1/files \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY"
