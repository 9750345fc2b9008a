import type { FunctionError } from '../../../cloudbase/client-protocol'
import type { PhoneServices } from '../services'

/** The shopper of the phone, and the services that a call uses. */
export interface Caller {
  openid: string
  services: PhoneServices
  /** receives the errors of cloud functions, for developers */
  report: (error: FunctionError) => void
}

/**
 * Handles one call of the phone. Its first parameter is the request that the runtime sends, its
 * return value the reply, both as JSON. A request can come from any program on this machine, so a call
 * validates what the services do not.
 * @throws BadRequestError for an invalid request; a ClientFailure for one that the cloud refuses
 */
export type Call = (request: never, caller: Caller) => unknown
