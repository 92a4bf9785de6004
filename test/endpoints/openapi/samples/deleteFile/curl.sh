curl -X DELETE https://api.routescope.ai/v1/files/file-1 \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY"
