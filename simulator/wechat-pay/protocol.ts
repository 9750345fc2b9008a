import { randomBytes } from 'node:crypto'
import { type EndpointReply, fail, type Failure } from './endpoint-reply'
import { checkParameters, type EndpointName } from './endpoints'
import { explainSignature, isSignType, sameSignature, sign, type SignType } from './sign'
import { type Fields, parseXml, XmlError } from './xml'

/** The merchant's account, and the key that both sides sign with. */
export interface Account {
  appid: string
  mch_id: string
  key: string
}

/**
 * Reads the non-empty fields of a request's body.
 * @throws XmlError
 */
export function readRequest(body: Uint8Array): Fields {
  const fields = Object.entries(parseXml(decodeUtf8(body)))
  return Object.fromEntries(fields.filter(([, text]) => text !== ''))
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new XmlError('the body is not UTF-8')
  }
}

/**
 * Checks a request in WeChat's order: parameters, account, signature. Returns the first failure.
 */
export function rejection(
  name: EndpointName,
  fields: Fields,
  account: Account,
): Failure | undefined {
  const parameterProblem = checkParameters(name, fields)
  if (parameterProblem) return fail(parameterProblem)
  if (fields.appid !== account.appid) {
    return fail('appid不存在', `appid is ${fields.appid}, not ${account.appid}`)
  }
  if (fields.mch_id !== account.mch_id) {
    const reason = `mch_id is ${fields.mch_id}, not ${account.mch_id}`
    return fail('商户号mch_id或sub_mch_id不存在', reason)
  }
  const type = fields.sign_type ?? 'MD5'
  if (!isSignType(type)) return fail('签名错误', `sign_type is ${type}, not MD5 or HMAC-SHA256`)
  if (!sameSignature(fields.sign ?? '', sign(fields, account.key, type))) {
    const reason = `sign must be the ${type}, in upper-case hex, of ${explainSignature(fields)}`
    return fail('签名错误', reason)
  }
  return undefined
}

/** Returns the algorithm for signing a reply: the request's. */
export function replySignType(request: Fields): SignType {
  return request.sign_type === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5'
}

/** Builds the fields of an endpoint's reply; a failure is not signed. */
export function formatReply(reply: EndpointReply, account: Account, type: SignType): Fields {
  if (reply.kind === 'fail') return { return_code: 'FAIL', return_msg: reply.return_msg }
  const fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: account.appid,
    mch_id: account.mch_id,
    nonce_str: randomBytes(16).toString('hex'),
    ...(reply.kind === 'accept'
      ? { result_code: 'SUCCESS', ...reply.fields }
      : {
          result_code: 'FAIL',
          err_code: reply.err_code,
          err_code_des: reply.err_code_des,
        }),
  }
  return withSignature(fields, account, type)
}

/** Returns the reply with the signature of its fields. */
export function withSignature(reply: Fields, account: Account, type: SignType): Fields {
  return { ...reply, sign: sign(reply, account.key, type) }
}
