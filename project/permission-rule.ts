/**
 * Decides whether a security rule of CloudBase allows a query. A rule does not filter: it allows a
 * query only if it holds for every document that the query could find (developers.weixin.qq.com,
 * 云开发 → 数据库 → 安全规则). Supported are `true`, `false`, `doc.<field> == auth.openid`, and these
 * joined by `&&`, `||` and parentheses.
 * @param guarantees whether every document that the query could find has the value in the field
 */
export type Rule = (
  guarantees: (field: string, value: unknown) => boolean,
  openid: string,
) => boolean

const SUPPORTED = 'true, false, doc.<field> == auth.openid, &&, || and parentheses'
const TOKEN = /\s*(true\b|false\b|doc\.[\w.]+|auth\.openid\b|==|&&|\|\||\(|\))\s*/y

/** Parses a rule. @throws Error that says what is supported */
export function parseRule(source: string): Rule {
  const tokens = tokenize(source)
  const take = (expected?: string): string => {
    const token = tokens.shift()
    if (token === undefined || (expected !== undefined && token !== expected)) unsupported(source)
    return token
  }

  function parseOr(): Rule {
    const first = parseAnd()
    if (tokens[0] !== '||') return first
    take()
    const second = parseOr()
    return (guarantees, openid) => first(guarantees, openid) || second(guarantees, openid)
  }

  function parseAnd(): Rule {
    const first = parseTerm()
    if (tokens[0] !== '&&') return first
    take()
    const second = parseAnd()
    return (guarantees, openid) => first(guarantees, openid) && second(guarantees, openid)
  }

  function parseTerm(): Rule {
    const token = take()
    if (token === 'true' || token === 'false') return () => token === 'true'
    if (token === '(') {
      const inner = parseOr()
      take(')')
      return inner
    }
    take('==')
    const sides = [token, take()].sort()
    if (sides[0] !== 'auth.openid' || !sides[1]!.startsWith('doc.')) unsupported(source)
    const field = sides[1]!.slice('doc.'.length)
    return (guarantees, openid) => guarantees(field, openid)
  }

  const rule = parseOr()
  if (tokens.length > 0) unsupported(source)
  return rule
}

function tokenize(source: string): string[] {
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
