import type { OrderRow } from '../../services/orders'

type OrderTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  { id: string; createdAt: number }
>

/**
 * Draws one page of the order list. It is a separate component so that appending a page does not
 * compare the rows of all pages before it. Its event `open` carries the order number (`id`) and
 * `createdAt` (ms).
 */
Component({
  properties: {
    orders: { type: Array, value: [] as OrderRow[] },
  },
  methods: {
    onOpen({ currentTarget }: OrderTap) {
      this.triggerEvent('open', currentTarget.dataset)
    },
  },
})
