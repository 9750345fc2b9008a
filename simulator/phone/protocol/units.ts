/**
 * Rewrites lengths that depend on the phone: 750 rpx are the width of its screen (WXSS's own unit),
 * vw and vh mean its viewport and not the browser's window, and rem is relative to the page's own
 * root font size. The runtime's screen is the CSS container that cqw and cqh refer to; each page has
 * the custom property.
 */
export function toScreenUnits(css: string): string {
  return css.replace(
    /(?<![\w#.-])(-?(?:\d+\.?\d*|\.\d+))(rpx|vw|vh|rem)\b/g,
    (_, number: string, unit: string) => {
      if (unit === 'rem') return `calc(${number} * var(--root-font-size))`
      if (unit === 'vh') return `${number}cqh`
      return `${unit === 'rpx' ? Number((Number(number) / 7.5).toFixed(4)) : number}cqw`
    },
  )
}
