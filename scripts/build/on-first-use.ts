import { type NodePath, type PluginObj, transformAsync, types as t } from '@babel/core'

/** The functions that return a module: of Node, and of the bundler of wx-server-sdk. */
const REQUIRES = ['require', '__webpack_require__']

/** What TypeScript compiles an import to: functions around `require`. */
const HELPERS = ['__importDefault', '__importStar']

/** The text of a call that requires a module: its function and what it requires. */
const CALL = /\b(require|__webpack_require__)\((?:\/\*.*?\*\/ ?)?["']([^"']+)["']\)/g

/** One thing that a file requires. */
export interface Request {
  /** as the file writes it, such as `./lib/cookies` */
  text: string
  /** whether it is a file inside wx-server-sdk's bundle */
  isInner: boolean
}

/** Returns what a file requires. */
export function requestsIn(code: string): Request[] {
  return [...code.matchAll(CALL)].map(([, name, text]) => ({
    text: text!,
    isInner: name === '__webpack_require__' && text!.startsWith('.'),
  }))
}

/**
 * Rewrites a file so that a variable which holds a required module gets it when it is first read:
 *
 *     const axios_1 = __importDefault(require("axios"));
 *     axios_1.default.get(url)
 *
 * becomes
 *
 *     const axios_1 = (value => () => value ??= __importDefault(require("axios")))();
 *     axios_1().default.get(url)
 *
 * @param requests the modules, as the file requires them; others stay as they are
 * @returns the code with an inline source map
 */
export async function onFirstUse(
  file: string,
  code: string,
  requests: ReadonlySet<string>,
): Promise<string> {
  const result = await transformAsync(code, {
    filename: file,
    babelrc: false,
    configFile: false,
    compact: false,
    sourceType: 'unambiguous',
    sourceMaps: 'inline',
    plugins: [(): PluginObj => ({ visitor: visitor(requests) })],
  })
  return result!.code!
}

function visitor(requests: ReadonlySet<string>): PluginObj['visitor'] {
  /** Returns whether an expression requires one of the modules, or a member of it. */
  const requires = (node: t.Node | null | undefined): boolean => {
    if (t.isMemberExpression(node)) return !node.computed && requires(node.object)
    if (!t.isCallExpression(node) || !t.isIdentifier(node.callee)) return false
    const [argument] = node.arguments
    if (HELPERS.includes(node.callee.name)) return requires(argument)
    const isRequire = REQUIRES.includes(node.callee.name)
    return isRequire && t.isStringLiteral(argument) && requests.has(argument.value)
  }

  return {
    VariableDeclarator(declarator) {
      const { id, init } = declarator.node
      const { scope } = declarator
      if (!init || !requires(init)) return
      if (t.isIdentifier(id)) {
        const binding = scope.getBinding(id.name)!
        if (!binding.constant) throw declarator.buildCodeFrameError('is assigned again')
        readByCall(binding.referencePaths, id)
        declarator.get('init').replaceWith(once(init))
      } else if (t.isObjectPattern(id)) {
        const module = scope.generateUidIdentifier('module')
        for (const property of id.properties) {
          if (!t.isObjectProperty(property) || !t.isIdentifier(property.value)) {
            throw declarator.buildCodeFrameError('only names can be read on first use')
          }
          const { referencePaths } = scope.getBinding(property.value.name)!
          readByCall(referencePaths, module, property.key as t.Identifier)
        }
        declarator.replaceWith(t.variableDeclarator(module, once(init)))
      }
      declarator.skip()
    },
    // CoffeeScript declares all variables at the top.
    AssignmentExpression(assignment) {
      const { left, right } = assignment.node
      if (!t.isIdentifier(left) || !requires(right)) return
      const binding = assignment.scope.getBinding(left.name)!
      if (binding.constantViolations.length > 1) {
        throw assignment.buildCodeFrameError('is assigned again')
      }
      readByCall(binding.referencePaths, left)
      assignment.get('right').replaceWith(once(right))
      assignment.skip()
    },
  }
}

/** Returns `(value => () => value ??= init)()`: a function that evaluates `init` once. */
function once(init: t.Expression): t.Expression {
  const value = t.identifier('value')
  const read = t.arrowFunctionExpression([], t.assignmentExpression('??=', value, init))
  return t.callExpression(t.arrowFunctionExpression([value], read), [])
}

/** Replaces each reference to a variable by `module()`, or by `module().property`. */
function readByCall(references: NodePath[], module: t.Identifier, property?: t.Identifier): void {
  for (const reference of references) {
    const { parent } = reference
    if (t.isObjectProperty(parent)) parent.shorthand = false
    const call = t.callExpression(t.cloneNode(module), [])
    if (property === undefined) {
      reference.replaceWith(call)
      continue
    }
    const member = t.memberExpression(call, t.cloneNode(property))
    // A function that was called as a variable still has no `this`.
    const isCalled = t.isCallExpression(parent, { callee: reference.node as t.Expression })
    reference.replaceWith(isCalled ? t.sequenceExpression([t.numericLiteral(0), member]) : member)
  }
}
