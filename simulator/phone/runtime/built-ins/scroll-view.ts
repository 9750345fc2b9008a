import { type BuiltInDefinition, hostOf } from '../engine/glass-easel'

/** px from an edge at which scrolltolower and scrolltoupper are triggered, WeChat's default */
const THRESHOLD = 50

export const scrollView: BuiltInDefinition = {
  properties: { scrollX: Boolean, scrollY: Boolean },
  created() {
    const host = hostOf(this)
    let edge: string | undefined
    host.addEventListener('scroll', () => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = host
      this.triggerEvent('scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight })
      const before = this.data.scrollX ? scrollLeft : scrollTop
      const after = this.data.scrollX
        ? scrollWidth - scrollLeft - host.clientWidth
        : scrollHeight - scrollTop - host.clientHeight
      const reached =
        after <= THRESHOLD ? 'scrolltolower' : before <= THRESHOLD ? 'scrolltoupper' : undefined
      if (reached && reached !== edge) this.triggerEvent(reached, {})
      edge = reached
    })
  },
}
