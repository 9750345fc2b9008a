import type { Replies } from '../support/replies'
import type { ShopPhone } from '../support/shop-phone'
import type { State } from './state'

/** The replies for a list of more than one page. */
interface LongList {
  page: string
  /** the first page, and no reply after it */
  onePage: Replies
  /** the first page, and a failure after it */
  failing: Replies
  all: Replies
  /** the text below the last row */
  end: string
}

/** Returns the states of the end of a list. */
export function longListStates({ page, onePage, failing, all, end }: LongList): State[] {
  const atEnd = { page, reach: scrollToEnd, atEnd: true } as const
  return [
    {
      ...atEnd,
      name: 'while more is loaded',
      replies: onePage,
      shows: /正在加载更多|还在加载/,
    },
    {
      ...atEnd,
      name: 'when loading more takes long',
      replies: onePage,
      shows: '网络有点慢，还在加载',
    },
    { ...atEnd, name: 'when loading more failed', replies: failing, shows: '重试' },
    { ...atEnd, name: 'at its end', replies: all, shows: end },
  ]
}

/** Waits for the list first: at the end of a skeleton nothing is loaded. */
async function scrollToEnd(phone: ShopPhone): Promise<void> {
  await phone.see('鸡蛋干')
  await phone.scrollToEnd()
}
