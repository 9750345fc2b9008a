import type { Order, PayAction, PayErrorCode } from '../../../../typings/contract'

/** An injected fault: the reply is lost, or CloudBase fails. */
export type Fault = 'silence' | 'failure'

/** The documents of a collection in the order of the list, and how many pages of them are served. */
export interface Documents {
  documents: readonly { _id: string }[]
  /** the number of pages of 20 before the fault `after`; all of them by default */
  pages?: number
  after?: Fault
}

export interface Refusal {
  error: PayErrorCode
  message: string
  err_code?: string
}

export type PreparedReply = Order | Refusal | Fault

/** The replies to the phone in one state of the shop. A missing one is never sent. */
export interface Replies {
  goods?: Documents
  orders?: Documents
  /**
   * the function `pay`
   * @param confirmed whether the payment sheet was confirmed before
   */
  pay?: (action: PayAction, confirmed: boolean) => PreparedReply
  /** set when WeChat does not open its payment sheet */
  sheet?: 'silence'
}
