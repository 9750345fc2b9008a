import { type BuiltIn, type BuiltInDefinition, hostOf } from '../engine/glass-easel'

/** Sets the font sizes of its page (WeChat's reference of page-meta). */
export const pageMeta: BuiltInDefinition = {
  properties: { rootFontSize: String, pageFontSize: String },
  attached() {
    apply(this)
  },
  observers: {
    'rootFontSize, pageFontSize'() {
      apply(this)
    },
  },
}

function apply(component: BuiltIn): void {
  const page = hostOf(component).closest<HTMLElement>('[data-page]')
  if (!page) return
  const { rootFontSize, pageFontSize } = component.data
  page.style.setProperty('--root-font-size', fontSize('root-font-size', rootFontSize))
  page.style.setProperty('font-size', fontSize('page-font-size', pageFontSize))
}

/** Converts a value to CSS: `system` follows WeChat's font size, an empty value means the default. */
function fontSize(name: string, value: unknown): string {
  if (value === 'system') return 'var(--font-size-setting)'
  if (value === '' || /^\d+(\.\d+)?px$/.test(String(value))) return String(value)
  console.error(`<page-meta> needs ${name} to be "system" or px, not "${String(value)}"`)
  return ''
}
