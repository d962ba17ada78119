/**
 * Lists the environment variables that our child processes inherit. All others, such as keys and tokens,
 * are withheld: other processes of the same user can read a child's environment.
 */
type Environment = Readonly<Record<string, string | undefined>>;

/** Locate programs, home and temporary folders, and set the language and the time zone. */
const BASE = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LD_LIBRARY_PATH'],
  ...['TMPDIR', 'TMP', 'TEMP', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'],
  ...['LANG', 'LANGUAGE', 'LC_ALL', 'LC_CTYPE', 'LC_MESSAGES', 'TZ', 'NO_COLOR'],
];
/** Configure the proxies, mirrors, caches and certificates of tools that download or build. */
const TOOLS = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'NODE_EXTRA_CA_CERTS',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
  ],
  ...[
    'GOPROXY',
    'GONOPROXY',
    'GOPRIVATE',
    'GOSUMDB',
    'GONOSUMDB',
    'GOINSECURE',
    'GOENV',
    'GOFLAGS',
  ],
  ...['GOROOT', 'GOPATH', 'GOCACHE', 'GOMODCACHE', 'GOTMPDIR', 'GOTOOLCHAIN'],
  ...['JAVA_HOME', 'JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', 'M2_HOME', 'MAVEN_HOME'],
  ...['MAVEN_OPTS', 'MAVEN_ARGS', 'MAVEN_CONFIG'],
  ...['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_TRUSTED_HOST', 'PIP_CERT', 'PIP_CONFIG_FILE'],
  ...['PIP_CACHE_DIR', 'PIP_FIND_LINKS', 'PIP_NO_INDEX'],
];

/** The environment of a program that neither downloads nor builds. */
export function plainEnvironment(environment: Environment = process.env): Environment {
  return only(environment, BASE);
}

/** The environment of a tool that downloads or builds. */
export function toolEnvironment(environment: Environment = process.env): Environment {
  return only(environment, [...BASE, ...TOOLS]);
}

function only(environment: Environment, names: readonly string[]): Environment {
  const set = names.filter((name) => environment[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, environment[name]]));
}
