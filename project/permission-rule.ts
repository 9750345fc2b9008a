/**
 * A security rule of CloudBase, as far as it is supported here: `true`, `false`,
 * `doc.<field> == auth.openid`, and these joined by `&&`, `||` and parentheses.
 *
 * A rule does not filter. It holds for a query only when every document that the query could find
 * satisfies it (developers.weixin.qq.com, 云开发 → 数据库 → 安全规则).
 */
export type Rule = (knows: (field: string, value: unknown) => boolean, openid: string) => boolean

const SUPPORTED = 'true, false, doc.<field> == auth.openid, &&, || and parentheses'
const TOKEN = /\s*(true\b|false\b|doc\.[\w.]+|auth\.openid\b|==|&&|\|\||\(|\))\s*/y

/** @throws Error that says what is supported */
export function parseRule(source: string): Rule {
  const tokens = tokenise(source)
  const take = (expected?: string): string => {
    const token = tokens.shift()
    if (token === undefined || (expected !== undefined && token !== expected)) unsupported(source)
    return token
  }

  function either(): Rule {
    const first = both()
    if (tokens[0] !== '||') return first
    take()
    const second = either()
    return (knows, openid) => first(knows, openid) || second(knows, openid)
  }

  function both(): Rule {
    const first = term()
    if (tokens[0] !== '&&') return first
    take()
    const second = both()
    return (knows, openid) => first(knows, openid) && second(knows, openid)
  }

  function term(): Rule {
    const token = take()
    if (token === 'true' || token === 'false') return () => token === 'true'
    if (token === '(') {
      const inner = either()
      take(')')
      return inner
    }
    take('==')
    const sides = [token, take()].sort()
    if (sides[0] !== 'auth.openid' || !sides[1]!.startsWith('doc.')) unsupported(source)
    const field = sides[1]!.slice('doc.'.length)
    return (knows, openid) => knows(field, openid)
  }

  const rule = either()
  if (tokens.length > 0) unsupported(source)
  return rule
}

function tokenise(source: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const token = TOKEN.exec(source)?.[1]
    if (token === undefined) unsupported(source)
    tokens.push(token)
  }
  return tokens
}

function unsupported(source: string): never {
  throw new Error(`the rule "${source}" cannot be read; supported are ${SUPPORTED}`)
}
