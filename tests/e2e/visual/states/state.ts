import type { Replies } from '../support/replies'
import type { ShopPhone } from '../support/shop-phone'

/** One state of a page. */
export interface State {
  /** completes a title that begins with the page: "while it loads" */
  name: string
  /** the route below pages/, with its query */
  page: string
  replies: Replies
  /** further settings of the phone, as in its address */
  query?: string
  /** the shopper's taps to reach the state, once the page is open */
  reach?: (phone: ShopPhone) => Promise<void>
  /** the state is visible at the end of the page: the picture is taken there */
  atEnd?: true
  /** a text or a label that only this state shows */
  shows: string | RegExp
}
