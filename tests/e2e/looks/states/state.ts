import type { Answers } from '../support/answers'
import type { ShopPhone } from '../support/shop-phone'

/** One thing that a page can look like. */
export interface State {
  /** ends a sentence that begins with the page: "while it loads" */
  name: string
  /** the route, from the folder of the pages on, with its query */
  page: string
  answers: Answers
  /** further settings of the phone, as in its address */
  query?: string
  /** what a shopper does to get there, once the page is open */
  reach?: (phone: ShopPhone) => Promise<void>
  /** what matters is at the end of the page: there the picture of it is taken */
  atEnd?: true
  /** a text or a label by which a shopper knows that it is this state */
  shows: string | RegExp
}
