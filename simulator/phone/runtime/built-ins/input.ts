import { type BuiltIn, type BuiltInDefinition, hostOf } from '../engine/glass-easel'

type Field = HTMLInputElement | HTMLTextAreaElement

const PROPERTIES = {
  value: String,
  placeholder: String,
  disabled: Boolean,
  /** -1: no limit */
  maxlength: { type: Number, value: 140 },
  focus: Boolean,
}

export const input = textField(() => document.createElement('input'), {
  type: String,
  password: Boolean,
})

export const textarea = textField(() => document.createElement('textarea'), {})

function textField(create: () => Field, more: Record<string, unknown>): BuiltInDefinition {
  return {
    properties: { ...PROPERTIES, ...more },
    created() {
      const field = hostOf(this).appendChild(create())
      field.maxLength = PROPERTIES.maxlength.value
      forwardEvents(this, field)
    },
    observers: {
      value(value) {
        const field = fieldOf(this)
        if (field.value !== value) field.value = String(value)
      },
      placeholder(placeholder) {
        fieldOf(this).placeholder = String(placeholder)
      },
      disabled(disabled) {
        fieldOf(this).disabled = disabled === true
      },
      maxlength(length) {
        if (Number(length) < 0) fieldOf(this).removeAttribute('maxlength')
        else fieldOf(this).maxLength = Number(length)
      },
      focus(focus) {
        if (focus) requestAnimationFrame(() => fieldOf(this).focus())
      },
      type(type) {
        const numeric = type === 'number' || type === 'digit' || type === 'idcard'
        fieldOf(this).inputMode = numeric ? 'decimal' : 'text'
      },
      password(password) {
        const field = fieldOf(this)
        if (field instanceof HTMLInputElement) field.type = password ? 'password' : 'text'
      },
    },
  }
}

function forwardEvents(component: BuiltIn, field: Field): void {
  field.addEventListener('input', () => {
    component.setData({ value: field.value })
    component.triggerEvent('input', { value: field.value, cursor: field.selectionStart })
  })
  for (const name of ['focus', 'blur']) {
    field.addEventListener(name, () => component.triggerEvent(name, { value: field.value }))
  }
  field.addEventListener('keydown', (event) => {
    const enter = event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing
    if (enter && field instanceof HTMLInputElement) {
      component.triggerEvent('confirm', { value: field.value })
    }
  })
}

function fieldOf(component: BuiltIn): Field {
  return hostOf(component).querySelector<Field>('input, textarea')!
}
