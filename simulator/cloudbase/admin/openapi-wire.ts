import protobuf from 'protobufjs'

// The part of WeChat's schema that wx-server-sdk 4.0.2 uses for `cloud.openapi`
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Pair { string key = 1; bytes value = 2; }
  message Pairs { repeated Pair pairs = 1; }
  message Request { Pairs openapiData = 2; }
  message Reply { bytes respData = 1; string contentType = 2; int32 errorCode = 3; uint32 httpCode = 4; }
`)
const Request = root.lookupType('Request')
const Reply = root.lookupType('Reply')

/** Decodes the parameters of an API call; each value is JSON. */
export function decodeRequest(bytes: Buffer): Record<string, unknown> {
  const { openapiData } = Request.toObject(Request.decode(bytes)) as {
    openapiData?: { pairs?: { key: string; value: Buffer }[] }
  }
  const pairs = openapiData?.pairs ?? []
  return Object.fromEntries(
    pairs.map(({ key, value }) => [key, JSON.parse(Buffer.from(value).toString()) as unknown]),
  )
}

/** Encodes WeChat's own reply, which may be a refusal. */
export function encodeReply(reply: object): Uint8Array {
  const respData = Buffer.from(JSON.stringify(reply))
  return encode({ respData, contentType: 'application/json', httpCode: 200 })
}

/** Encodes a refusal by CloudBase, which does not call WeChat. */
export function encodeRefusal(errorCode: number): Uint8Array {
  return encode({ errorCode, httpCode: 200 })
}

function encode(reply: Record<string, unknown>): Uint8Array {
  return Reply.encode(Reply.create(reply)).finish()
}
