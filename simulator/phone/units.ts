/**
 * Rewrites lengths that depend on the phone's screen: 750 rpx are the width of the screen (WXSS's
 * own unit), and vw and vh mean the phone's viewport, not the browser's window. The runtime's
 * screen is the CSS container that cqw and cqh refer to.
 */
export function toScreenUnits(css: string): string {
  return css.replace(/(?<![\w#.-])(-?(?:\d+\.?\d*|\.\d+))(rpx|vw|vh)\b/g, (_, number, unit) => {
    if (unit === 'vh') return `${number}cqh`
    return `${unit === 'rpx' ? Number((Number(number) / 7.5).toFixed(4)) : number}cqw`
  })
}
