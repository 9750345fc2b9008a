import { type EndpointReply, frequencyLimited } from '../endpoint-reply'
import { acceptRefund } from '../ledger/refund'
import { type Endpoint, TRADE_NUMBERS } from './endpoint'

/**
 * Accepts a refund. After too many erroneous refund requests within the last second it refuses
 * every request (pay.weixin.qq.com, V2 申请退款).
 */
export const refund: Endpoint = {
  path: '/secapi/pay/refund',
  certificate: true,
  required: { out_refund_no: 64, total_fee: 11, refund_fee: 11 },
  oneOf: TRADE_NUMBERS,
  optional: { refund_fee_type: 8, refund_desc: 80, refund_account: 30, notify_url: 256 },

  reply(fields, context) {
    const { erroneousRefunds, settings, now } = context
    if (erroneousRefunds.count(now()) >= settings.erroneousRefundsPerSecond) {
      return frequencyLimited()
    }
    const reply = acceptRefund(fields, context, 'API')
    if (isErroneous(reply)) erroneousRefunds.add(now())
    return reply
  },
}

function isErroneous(reply: EndpointReply): boolean {
  if (reply.kind === 'refuse') return reply.err_code !== 'FREQUENCY_LIMITED'
  return reply.kind === 'fail'
}
