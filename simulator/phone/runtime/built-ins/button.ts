import { setRole } from '../engine/elements'
import type { BuiltInDefinition } from '../engine/glass-easel'
import { hostOf } from '../engine/glass-easel'

export const button: BuiltInDefinition = {
  properties: { type: String, size: String, plain: Boolean, disabled: Boolean, loading: Boolean },
  created() {
    setRole(hostOf(this), 'button')
  },
  observers: {
    disabled(disabled) {
      const host = hostOf(this)
      host.ariaDisabled = disabled ? 'true' : null
      host.tabIndex = disabled ? -1 : 0
    },
    loading(loading) {
      hostOf(this).ariaBusy = loading ? 'true' : null
    },
  },
}
