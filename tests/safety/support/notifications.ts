import { createCipheriv, createHash } from 'node:crypto'
import { formatReadableTime, formatTime } from '../../../simulator/wechat-pay/beijing-time'
import type { Ledger } from '../../../simulator/wechat-pay/ledger'
import { refundStatus } from '../../../simulator/wechat-pay/ledger/entities'
import type { Account } from '../../../simulator/wechat-pay/protocol'
import { isSignType, sign } from '../../../simulator/wechat-pay/sign'

type Fields = Readonly<Record<string, string>>

const NONCE = '5d2b6c2a8db53831f7eda20af46e531c'

/** The fields that WeChat posts when the trade was paid, unsigned; undefined before. */
export function paymentFields(
  ledger: Ledger,
  { appid, mch_id }: Account,
  out_trade_no: string,
): Fields | undefined {
  const trade = ledger.trade(out_trade_no)
  if (!trade?.payment) return undefined
  const { transaction_id, bank_type, paid_at } = trade.payment
  return {
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    appid,
    mch_id,
    nonce_str: NONCE,
    openid: trade.openid,
    is_subscribe: 'N',
    trade_type: 'JSAPI',
    bank_type,
    total_fee: `${trade.total_fee}`,
    fee_type: 'CNY',
    cash_fee: `${trade.total_fee}`,
    transaction_id,
    out_trade_no,
    time_end: formatTime(paid_at),
  }
}

/** What WeChat posts when the trade was paid: signed as the order was. */
export function paymentNotification(
  ledger: Ledger,
  account: Account,
  out_trade_no: string,
): string | undefined {
  const fields = paymentFields(ledger, account, out_trade_no)
  const type = ledger.trade(out_trade_no)?.request['sign_type']
  if (!fields) return undefined
  return xml({ ...fields, sign: sign(fields, account.key, isSignType(type) ? type : 'MD5') })
}

/** The content of req_info once a refund has settled; undefined before. */
export function refundFields(
  ledger: Ledger,
  out_trade_no: string,
  out_refund_no: string,
  now: number,
): Fields | undefined {
  const trade = ledger.trade(out_trade_no)
  const refund = ledger.refunds(out_trade_no).find(({ _id }) => _id === out_refund_no)
  const status = refund && refundStatus(refund, now)
  if (!trade?.payment || !refund || !status || status === 'PROCESSING') return undefined
  return {
    transaction_id: trade.payment.transaction_id,
    out_trade_no,
    refund_id: refund.refund_id,
    out_refund_no,
    total_fee: `${trade.total_fee}`,
    settlement_total_fee: `${trade.total_fee}`,
    refund_fee: `${refund.refund_fee}`,
    settlement_refund_fee: `${refund.refund_fee}`,
    refund_status: status,
    ...(status === 'SUCCESS' && { success_time: formatReadableTime(refund.settles_at) }),
    refund_recv_accout: '支付用户零钱',
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_request_source: 'API',
  }
}

/** What WeChat posts about a refund: unsigned, its content encrypted with the merchant's key. */
export function refundNotification(account: Account, content: Fields): string {
  const { appid, mch_id, key } = account
  const req_info = encrypt(xml(content, 'root'), key)
  return xml({ return_code: 'SUCCESS', appid, mch_id, nonce_str: NONCE, req_info })
}

/** AES-256-ECB with PKCS7; the key is the hex MD5 of the API key (V2 退款结果通知). */
function encrypt(text: string, key: string): string {
  const cipher = createCipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

export function xml(fields: Fields, root = 'xml'): string {
  const elements = Object.entries(fields).map(
    ([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`,
  )
  return `<${root}>${elements.join('')}</${root}>`
}
