import type { Fields } from './xml'

/** return_code and result_code are SUCCESS; `fields` are the endpoint's own. */
export interface Acceptance {
  kind: 'accept'
  fields: Fields
}

/** result_code is FAIL: the request was understood and refused. Signed like an acceptance. */
export interface Refusal {
  kind: 'refuse'
  err_code: string
  err_code_des: string
}

/** return_code is FAIL: the request was not processed. Never signed. */
export interface Failure {
  kind: 'fail'
  return_msg: string
  /** the cause, for the developer; not part of the reply */
  reason?: string
}

/** An endpoint's reply to one request. */
export type EndpointReply = Acceptance | Refusal | Failure

export function accept(fields: Fields): Acceptance {
  return { kind: 'accept', fields }
}

export function refuse(err_code: string, err_code_des: string): Refusal {
  return { kind: 'refuse', err_code, err_code_des }
}

/** Refuses a request above a rate limit. Assumed: the err_code_des, which is not documented. */
export function frequencyLimited(): Refusal {
  return refuse('FREQUENCY_LIMITED', '频率限制')
}

export function fail(return_msg: string, reason?: string): Failure {
  return { kind: 'fail', return_msg, ...(reason !== undefined && { reason }) }
}
