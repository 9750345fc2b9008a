import { WXPay, WXPayUtil } from 'wx-js-utils/src/libs/WXPay'
import type { GatewayReply, Fields, ShopSettings, SignType, WeChatPayPort } from '../ports'
import { publishError } from '../publish-error'
import type { Config } from './config'
import { limitReplies } from './limit-replies'
import { readNotification } from './notification'
import { withTimeout } from './with-timeout'
import { readXml } from './xml'

/** How long (ms) one call of the gateway may take, connecting and a retry included. */
const TIME_LIMIT = 5000

limitReplies('api.mch.weixin.qq.com', TIME_LIMIT)

/** Error codes for which WeChat documents a retry: the outcome is unknown. */
const UNKNOWN_CODES: ReadonlySet<string> = new Set([
  'SYSTEMERROR',
  'BIZERR_NEED_RETRY',
  'FREQUENCY_LIMITED',
])

/** The format of an error code, String(32) in WeChat's documentation. Codes are logged: nothing else may be. */
const ERR_CODE = /^\w{1,32}$/

/** The connection was lost. Every call has an order or refund number, so a retry is idempotent. */
const DEAD_SOCKET: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE'])

/** Creates the function that signs all fields except `sign` and empty ones. */
const signer =
  ({ key }: Config) =>
  (fields: Fields, sign_type: SignType): string =>
    WXPayUtil.generateSignature(fields, key, sign_type)

/**
 * Passes only replies to wx-js-utils that the shop's own strict reader accepts: of two elements with
 * one name, wx-js-utils uses the first and ignores the second.
 */
class StrictWXPay extends WXPay {
  override async processResponseXml(xml: string): Promise<unknown> {
    if (readXml(xml) === undefined) throw new Error('the reply is not one flat list of elements')
    return super.processResponseXml(xml)
  }
}

/** Creates the port on wx-js-utils. All values are sent as strings: it does not sign the number 0. */
export function wechatPay(config: Config): WeChatPayPort {
  const { settings, key, p12 } = config
  const sign = signer(config)
  const client = (sign_type: SignType) =>
    new StrictWXPay({
      appId: settings.appid,
      mchId: settings.mch_id,
      key,
      certFileContent: p12,
      timeout: TIME_LIMIT,
      signType: sign_type,
      useSandbox: false,
    })
  const defaultClient = client(settings.sign_type)
  const ask = (call: () => Promise<unknown>) => callGateway(settings, call)

  return {
    unifiedorder: ({ out_trade_no, request, sign_type }) =>
      ask(() => client(sign_type).unifiedOrder({ ...request, out_trade_no })),
    orderquery: (out_trade_no) => ask(() => defaultClient.orderQuery({ out_trade_no })),
    closeorder: (out_trade_no) => ask(() => defaultClient.closeOrder({ out_trade_no })),
    refund({ out_trade_no, total_fee }, { out_refund_no, refund_fee }) {
      const fees = { total_fee: String(total_fee), refund_fee: String(refund_fee) }
      return ask(() => defaultClient.refund({ out_trade_no, out_refund_no, ...fees }))
    },
    refundquery(by, number, offset) {
      // total_refund_count is in the reply only when an offset is in the request.
      const from = offset === undefined ? {} : { offset: String(offset) }
      return ask(() => defaultClient.refundQuery({ [by]: number, ...from }))
    },
    paySign({ prepay_id, time_stamp, nonce_str, sign_type }) {
      const fields = {
        appId: settings.appid,
        timeStamp: time_stamp,
        nonceStr: nonce_str,
        package: `prepay_id=${prepay_id}`,
        signType: sign_type,
      }
      return sign(fields, sign_type)
    },
    readNotification: (body) => readNotification({ ...settings, key, sign }, body),
  }
}

async function callGateway(
  settings: ShopSettings,
  call: () => Promise<unknown>,
): Promise<GatewayReply> {
  try {
    const reply = call().catch((error: unknown) => {
      if (DEAD_SOCKET.has(codeOf(error))) return call()
      throw error
    })
    return toReply(await withTimeout(TIME_LIMIT, reply), settings)
  } catch (error) {
    publishError(error)
    // An error's message may contain the whole XML (openid, transaction_id): only its code is returned.
    return { kind: 'unknown', why: codeOf(error) ?? 'BAD_REPLY' }
  }
}

/** Interprets a reply. wx-js-utils has checked its signature only if its return_code is SUCCESS. */
function toReply(reply: unknown, { appid, mch_id }: ShopSettings): GatewayReply {
  const fields = stringsOf(reply)
  const { return_code, return_msg = '', result_code, err_code = '', err_code_des = '' } = fields
  if (return_code !== 'SUCCESS') return refused('FAIL', return_msg)
  // Signed with our key, but for another merchant or mini program: it proves nothing about our order.
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

/** Cuts the message, which is stored and shown, to the length that WeChat documents: String(128). */
const refused = (err_code: string, message: string): GatewayReply => ({
  kind: 'refused',
  err_code,
  err_code_des: message.slice(0, 128),
})

/** Returns the fields that are strings. An element with attributes or children is an object. */
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
