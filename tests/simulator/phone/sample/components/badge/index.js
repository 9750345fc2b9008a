Component({ properties: { fen: Number } })
