import { dialogButton, openDialog } from './dialog'
import { el } from './dom'

interface Payment {
  merchantName: string
  body: string
  /** fen */
  total_fee: number
}

/** Opens WeChat's payment sheet. Resolves with whether the payer confirmed. */
export function openPaymentSheet({ merchantName, body, total_fee }: Payment): Promise<boolean> {
  return openDialog({ kind: 'sheet', label: '确认付款', cancelled: false }, (close) => [
    el('h2', 'payment-merchant', merchantName),
    el('p', 'payment-amount', el('span', 'payment-currency', '¥'), yuan(total_fee)),
    el('dl', 'payment-facts', ...fact('商品', body), ...fact('支付方式', '零钱')),
    el(
      'footer',
      'payment-buttons',
      dialogButton('main', '确认支付', () => close(true)),
      dialogButton('plain', '取消', () => close(false)),
    ),
  ])
}

function fact(term: string, value: string): Node[] {
  return [el('dt', '', term), el('dd', '', value)]
}

/** Formats fen as yuan with two decimals, in integer arithmetic. */
function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}
