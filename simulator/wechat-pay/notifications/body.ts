import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { formatReadableTime } from '../beijing-time'
import {
  DEFAULT_REFUND_ACCOUNT,
  type Payment,
  type Refund,
  type RefundOutcome,
  type Trade,
} from '../ledger/entities'
import { paymentFields } from '../ledger/payment'
import { type Account, replySignType, withSignature } from '../protocol'
import { type Fields, formatXml } from '../xml'

/**
 * Builds the XML of a payment notification, signed as the order was (pay.weixin.qq.com, V2 支付结果通知).
 */
export function paymentBody(trade: Trade, payment: Payment, account: Account): string {
  const { attach } = trade.request
  const fields = {
    ...envelope(account),
    result_code: 'SUCCESS',
    out_trade_no: trade._id,
    ...(attach !== undefined && { attach }),
    ...paymentFields(trade, payment),
  }
  return formatXml(withSignature(fields, account, replySignType(trade.request)))
}

/**
 * Builds the XML of a refund notification: not signed, but encrypted with the merchant's key
 * (pay.weixin.qq.com, V2 退款结果通知).
 */
export function refundBody(
  refund: Refund,
  status: RefundOutcome,
  trade: Trade,
  account: Account,
): string {
  const result = formatXml(refundFields(refund, status, trade), 'root')
  return formatXml({ ...envelope(account), req_info: encrypt(result, account.key) })
}

function envelope({ appid, mch_id }: Account): Fields {
  return { return_code: 'SUCCESS', appid, mch_id, nonce_str: randomBytes(16).toString('hex') }
}

function refundFields(refund: Refund, status: RefundOutcome, trade: Trade): Fields {
  return {
    transaction_id: trade.payment?.transaction_id ?? '',
    out_trade_no: trade._id,
    refund_id: refund.refund_id,
    out_refund_no: refund._id,
    total_fee: `${trade.total_fee}`,
    settlement_total_fee: `${trade.total_fee}`,
    refund_fee: `${refund.refund_fee}`,
    settlement_refund_fee: `${refund.refund_fee}`,
    refund_status: status,
    ...(status === 'SUCCESS' && { success_time: formatReadableTime(refund.settles_at) }),
    // WeChat misspells this name
    refund_recv_accout: '支付用户零钱',
    refund_account: refund.refund_account ?? DEFAULT_REFUND_ACCOUNT,
    refund_request_source: refund.source ?? 'API',
  }
}

/**
 * Encrypts with AES-256-ECB and PKCS7 into base64; the key is the hex MD5 of the merchant's key.
 */
function encrypt(text: string, key: string): string {
  const secret = createHash('md5').update(key).digest('hex')
  const cipher = createCipheriv('aes-256-ecb', secret, null)
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64')
}
