import type { OrderRow } from '../../services/orders'

type OrderTap = WechatMiniprogram.BaseEvent<
  WechatMiniprogram.IAnyObject,
  { id: string; createdAt: number }
>

/**
 * A page of the order list. A component of its own, so that a list of fifty pages is not compared
 * row by row when one more is appended. Its event `open` carries the order's number (`id`) and
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
