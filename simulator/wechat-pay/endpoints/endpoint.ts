import type { EndpointReply } from '../endpoint-reply'
import type { LedgerContext } from '../ledger/context'
import type { Fields } from '../xml'

/** The names of parameters, each with its maximum length in bytes. */
export type ParameterLengths = Readonly<Record<string, number>>

/**
 * One endpoint of the gateway. The parameters that every endpoint has (appid, mch_id, nonce_str,
 * sign, sign_type) are not listed.
 */
export interface Endpoint {
  path: string
  /** whether a caller needs the merchant's client certificate */
  certificate: boolean
  /** Each of these must be given. */
  required: ParameterLengths
  /** At least one of these must be given. */
  oneOf?: ParameterLengths
  optional: ParameterLengths
  /** Replies to a request whose parameters, account and signature are already checked. */
  reply(fields: Fields, context: LedgerContext): EndpointReply
}

/** The two numbers that identify a trade. */
export const TRADE_NUMBERS: ParameterLengths = { transaction_id: 32, out_trade_no: 32 }
