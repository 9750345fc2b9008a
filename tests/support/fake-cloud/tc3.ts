import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/tcb\/tc3_request, *SignedHeaders=([^,]+), *Signature=(\w+)$/

/**
 * Checks the signature of a request to `/` for Tencent Cloud's API 3.0, independently implemented
 * from its documentation (cloud.tencent.com/document/api/876/34812).
 * @returns the error code of a refusal; undefined when the signature is right
 */
export function tc3Refusal(
  headers: IncomingHttpHeaders,
  body: string,
  { secretId, secretKey }: { secretId: string; secretKey: string },
): string | undefined {
  const [, id, date, names = '', signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  if (id !== secretId) return 'AuthFailure.SecretIdNotFound'
  const timestamp = Number(headers['x-tc-timestamp'])
  if (!(Math.abs(timestamp - Date.now() / 1000) < 300)) return 'AuthFailure.SignatureExpire'
  const signed = names.split(';')
  if (!signed.includes('host') || !signed.includes('content-type'))
    return 'AuthFailure.InvalidAuthorization'

  const canonical = signed
    .map((name) => `${name}:${String(headers[name]).toLowerCase()}\n`)
    .join('')
  const request = ['POST', '/', '', canonical, names, hash(body)].join('\n')
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const scope = `${day}/tcb/tc3_request`
  const text = ['TC3-HMAC-SHA256', timestamp, scope, hash(request)].join('\n')
  const key = [day, 'tcb', 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`)
  const right = day === date && hmac(key, text).toString('hex') === signature
  return right ? undefined : 'AuthFailure.SignatureFailure'
}
