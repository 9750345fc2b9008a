import type { Order, PayAction, PayErrorCode } from '../../../../typings/contract'

/** What comes of a call that is not answered: it is lost, or CloudBase fails. */
export type Trouble = 'silence' | 'failure'

/** The documents of a collection in the order of the list, and how many pages of them can be had. */
export interface Documents {
  documents: readonly { _id: string }[]
  /** pages of 20, what comes after them is `after`; all of them when absent */
  pages?: number
  after?: Trouble
}

export interface Refusal {
  error: PayErrorCode
  message: string
  err_code?: string
}

export type PayAnswer = Order | Refusal | Trouble

/** What the phone is answered in one state of the shop; nothing where nothing is said here. */
export interface Answers {
  goods?: Documents
  orders?: Documents
  /**
   * the function `pay`
   * @param confirmed whether the payment sheet was confirmed before
   */
  pay?: (action: PayAction, confirmed: boolean) => PayAnswer
  /** when WeChat does not even open its payment sheet */
  sheet?: 'silence'
}
