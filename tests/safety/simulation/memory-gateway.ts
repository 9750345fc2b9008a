import { readNotification } from '../../../cloudfunctions/pay/src/adapters/notification'
import type { GatewayReply, WeChatPayPort } from '../../../cloudfunctions/pay/src/ports'
import { type EndpointReply, fail } from '../../../simulator/wechat-pay/endpoint-reply'
import {
  handleRequest,
  checkParameters,
  type EndpointName,
} from '../../../simulator/wechat-pay/endpoints'
import type { Ledger } from '../../../simulator/wechat-pay/ledger'
import type { Account } from '../../../simulator/wechat-pay/protocol'
import { sign, type SignType } from '../../../simulator/wechat-pay/sign'
import type { Invocation } from './invocation'

type Parameters = Readonly<Record<string, string>>

/** Codes that WeChat documents as "try again": the outcome is unknown. */
const UNKNOWN_CODES = ['SYSTEMERROR', 'BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED']

/** The port of pay/src/adapters/wechat-pay.ts, connected to the ledger without sockets and XML. */
export function memoryGateway(
  ledger: Ledger,
  { appid, mch_id, key }: Account,
  sign_type: SignType,
  invocation: Invocation,
): WeChatPayPort {
  const ask = (
    name: EndpointName,
    parameters: Parameters,
    type = sign_type,
  ): Promise<GatewayReply> => {
    const request = { ...parameters, appid, mch_id, sign_type: type, ...SIGNATURE_FIELDS }
    const effect = () => replyOf(rejection(name, request) ?? handleRequest(ledger, name, request))
    return invocation.perform(`wechatPay.${name}`, effect, () => ({
      kind: 'unknown',
      why: 'TIMEOUT',
    }))
  }
  const replyOf = (reply: EndpointReply): GatewayReply => {
    if (reply.kind === 'fail') return refused('FAIL', reply.return_msg)
    if (reply.kind === 'refuse') return refused(reply.err_code, reply.err_code_des)
    const { nonce_str } = SIGNATURE_FIELDS
    const head = { return_code: 'SUCCESS', return_msg: 'OK', appid, mch_id, nonce_str }
    return { kind: 'ok', fields: { ...head, result_code: 'SUCCESS', ...reply.fields } }
  }

  return {
    unifiedorder: ({ out_trade_no, request, sign_type: type }) =>
      ask('unifiedorder', { ...request, out_trade_no }, type),
    orderquery: (out_trade_no) => ask('orderquery', { out_trade_no }),
    closeorder: (out_trade_no) => ask('closeorder', { out_trade_no }),
    refund: ({ out_trade_no, total_fee }, { out_refund_no, refund_fee }) =>
      ask('refund', {
        out_trade_no,
        out_refund_no,
        total_fee: String(total_fee),
        refund_fee: String(refund_fee),
      }),
    refundquery: (by, number, offset) =>
      ask('refundquery', {
        [by]: number,
        ...(offset !== undefined && { offset: String(offset) }),
      }),
    paySign: ({ prepay_id, time_stamp, nonce_str, sign_type: signType }) =>
      sign(
        {
          appId: appid,
          timeStamp: time_stamp,
          nonceStr: nonce_str,
          package: `prepay_id=${prepay_id}`,
          signType,
        },
        key,
        signType,
      ),
    // The shop's own parser, with the simulator's signatures.
    readNotification: (body) =>
      readNotification(
        { appid, mch_id, key, sign: (fields, type) => sign(fields, key, type) },
        body,
      ),
  }
}

/** Signature fields of every request. They must be present; the values are not verified. */
const SIGNATURE_FIELDS = { nonce_str: 'n'.repeat(32), sign: 's'.repeat(64) }

function rejection(name: EndpointName, request: Parameters): EndpointReply | undefined {
  const problem = checkParameters(name, request)
  return problem === undefined ? undefined : fail(problem)
}

/** Returns a refusal as the shop's port reports it. */
export function refused(err_code: string, err_code_des = err_code): GatewayReply {
  return UNKNOWN_CODES.includes(err_code)
    ? { kind: 'unknown', why: err_code }
    : { kind: 'refused', err_code, err_code_des }
}
