/** The aria-* attributes of WeChat without `aria-` (its reference "aria-component", 无障碍访问). */
export const ARIA = `
  activedescendant atomic autocomplete busy checked colcount colindex colspan controls current
  describedby details disabled dropeffect errormessage expanded flowto grabbed haspopup hidden
  invalid keyshortcuts label labelledby level live modal multiline multiselectable orientation owns
  placeholder posinset pressed readonly relevant required role roledescription rowcount rowindex
  rowspan selected setsize sort valuemax valuemin valuenow valuetext
`
  .trim()
  .split(/\s+/)
