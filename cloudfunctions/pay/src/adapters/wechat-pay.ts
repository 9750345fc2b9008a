import { WXPay, WXPayUtil } from 'wx-js-utils/src/libs/WXPay'
import type { GatewayReply, Fields, SignType, Terms, WeChatPayPort } from '../ports'
import { boundReplies } from './bounded'
import type { Config } from './config'
import { readNotification } from './notification'
import { withTimeout } from './with-timeout'
import { readXml } from './xml'

/** ms that one call of the gateway may take, connecting and repeating included. */
const TIME_LIMIT = 5000

boundReplies('api.mch.weixin.qq.com', TIME_LIMIT)

/** What WeChat documents as "ask again": the outcome is not known. */
const UNKNOWN_CODES: ReadonlySet<string> = new Set([
  'SYSTEMERROR',
  'BIZERR_NEED_RETRY',
  'FREQUENCY_LIMITED',
])

/** A code is logged, so nothing else may pass for one. WeChat documents String(32). */
const ERR_CODE = /^\w{1,32}$/

/** The socket died. Every call here names a number, so that repeating it does nothing twice. */
const DEAD_SOCKET: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE'])

/** WeChat Pay's signature over all fields that are not empty but `sign`. */
const signer =
  ({ key }: Config) =>
  (fields: Fields, sign_type: SignType): string =>
    WXPayUtil.generateSignature(fields, key, sign_type)

/**
 * wx-js-utils believes the first of two elements of one name, and takes the second for nothing: it
 * gets to see only what the shop's own strict reader accepts.
 */
class StrictWXPay extends WXPay {
  override async processResponseXml(xml: string): Promise<unknown> {
    if (readXml(xml) === undefined) throw new Error('the reply is not one flat list of elements')
    return super.processResponseXml(xml)
  }
}

/** The port that wx-js-utils serves. All values go in as strings: it does not sign a number 0. */
export function wechatPay(config: Config): WeChatPayPort {
  const { terms, key, p12 } = config
  const sign = signer(config)
  const client = (sign_type: SignType) =>
    new StrictWXPay({
      appId: terms.appid,
      mchId: terms.mch_id,
      key,
      certFileContent: p12,
      timeout: TIME_LIMIT,
      signType: sign_type,
      useSandbox: false,
    })
  const usual = client(terms.sign_type)
  const ask = (call: () => Promise<unknown>) => answerOf(terms, call)

  return {
    unifiedorder: ({ out_trade_no, request, sign_type }) =>
      ask(() => client(sign_type).unifiedOrder({ ...request, out_trade_no })),
    orderquery: (out_trade_no) => ask(() => usual.orderQuery({ out_trade_no })),
    closeorder: (out_trade_no) => ask(() => usual.closeOrder({ out_trade_no })),
    refund({ out_trade_no, total_fee }, { out_refund_no, refund_fee }) {
      const fees = { total_fee: String(total_fee), refund_fee: String(refund_fee) }
      return ask(() => usual.refund({ out_trade_no, out_refund_no, ...fees }))
    },
    refundquery(by, number, offset) {
      // total_refund_count is in the reply only when an offset is in the request.
      const from = offset === undefined ? {} : { offset: String(offset) }
      return ask(() => usual.refundQuery({ [by]: number, ...from }))
    },
    paySign({ prepay_id, time_stamp, nonce_str, sign_type }) {
      const fields = {
        appId: terms.appid,
        timeStamp: time_stamp,
        nonceStr: nonce_str,
        package: `prepay_id=${prepay_id}`,
        signType: sign_type,
      }
      return sign(fields, sign_type)
    },
    readNotification: (body) => readNotification({ ...terms, key, sign }, body),
  }
}

async function answerOf(terms: Terms, call: () => Promise<unknown>): Promise<GatewayReply> {
  try {
    const repeated = call().catch((error: unknown) => {
      if (DEAD_SOCKET.has(codeOf(error))) return call()
      throw error
    })
    return read(await withTimeout(TIME_LIMIT, repeated), terms)
  } catch (error) {
    // The message of an error may hold the whole XML (openid, transaction_id): only a code goes on.
    return { kind: 'unknown', why: codeOf(error) ?? 'BAD_REPLY' }
  }
}

/** wx-js-utils has checked the signature of every reply whose return_code is SUCCESS, of no other. */
function read(reply: unknown, { appid, mch_id }: Terms): GatewayReply {
  const fields = stringsOf(reply)
  const { return_code, return_msg = '', result_code, err_code = '', err_code_des = '' } = fields
  if (return_code !== 'SUCCESS') return refused('FAIL', return_msg)
  // Signed with our key, and yet for another merchant or mini program: nothing of it is for us.
  if (fields['appid'] !== appid || fields['mch_id'] !== mch_id) {
    return { kind: 'unknown', why: 'NOT_OURS' }
  }
  if (result_code === 'SUCCESS') return { kind: 'ok', fields }
  if (result_code !== 'FAIL' || !ERR_CODE.test(err_code)) {
    return { kind: 'unknown', why: 'BAD_REPLY' }
  }
  if (UNKNOWN_CODES.has(err_code)) return { kind: 'unknown', why: err_code }
  return refused(err_code, err_code_des || err_code)
}

/** Its words are stored and shown: no more of them than WeChat documents, String(128). */
const refused = (err_code: string, words: string): GatewayReply => ({
  kind: 'refused',
  err_code,
  err_code_des: words.slice(0, 128),
})

/** The fields that are strings: an element with attributes or children comes as an object. */
function stringsOf(reply: unknown): Fields {
  const entries = typeof reply === 'object' && reply !== null ? Object.entries(reply) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
