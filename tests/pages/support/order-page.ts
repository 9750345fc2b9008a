import { openPage, type OpenPage } from './page'
import { order } from './samples'

/** The number of the order in samples.ts. */
export const ORDER_ID = order().out_trade_no

/** Opens that order's page on top of the pages `beneath` (routes). */
export const openOrder = (beneath: string[] = []): Promise<OpenPage> =>
  openPage('pages/pay-result/index', { id: ORDER_ID }, beneath)

/** Returns the classes of the buttons that the page shows. */
export const buttonsOf = (page: OpenPage): string[] =>
  ['pay', 'cancel', 'refund', 'delete'].filter((button) => page.has(`.${button}`))
