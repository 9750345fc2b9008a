/** A confirmation dialog before an action that cannot be undone. `amount` is written as on screen. */
interface Question {
  title: string
  content: string
  confirmText: string
  cancelText: string
}

const CANCEL_TEXT = '再想想'

export function cancelQuestion(amount: string): Question {
  const content = `${amount} 的订单将被关闭，之后不能再支付。`
  return { title: '取消订单', content, confirmText: '取消订单', cancelText: CANCEL_TEXT }
}

export function refundQuestion(amount: string): Question {
  const content = '款项将原路退回到你的支付账户。'
  return { title: `退款 ${amount}`, content, confirmText: '退款', cancelText: CANCEL_TEXT }
}

export function deleteQuestion(): Question {
  const content = '删除后，订单不再出现在列表里，也不能恢复。'
  return { title: '删除订单', content, confirmText: '删除', cancelText: CANCEL_TEXT }
}
