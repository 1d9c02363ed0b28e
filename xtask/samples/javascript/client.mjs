// The `client` of a sample.
//
// For the API of the official client it is that client, through its option `url`. Actions that its
// version does not have yet are added in the shape of its own: a function of parameters, options
// and a callback, which hands a request to the client's `request`. What an action sends is read
// from the list of actions that the docs have for programs; `cargo xtask peers` adds the defaults
// that the client sends by itself. For other APIs all of it is a
// stand-in of the same shape.

export async function clientOf(job) {
  const { client, request, name } = job.official ? await official(job) : standIn(job);
  const { resource, title } = job.action;
  let kind = name;
  for (const action of job.index.actions) {
    const own = client[action.resource] ??= {};
    if (own[action.action]) continue;
    own[action.action] = method(action, request);
    if (job.official && action.resource === resource && action.title === title) {
      kind = `${name}, action added`;
    }
  }
  return { client, kind };
}

async function official(job) {
  const { default: losant } = await import('losant-rest');
  const { createRequire } = await import('node:module');
  const { version } = createRequire(import.meta.url)('losant-rest/package.json');
  const { token: accessToken, url, acceptVersion } = job;
  const client = losant.createClient({ accessToken, url, acceptVersion });
  return { client, request: client.request, name: `losant-rest ${version}` };
}

function standIn(job) {
  return { client: {}, request: sender(job), name: 'stand-in' };
}

// An action as the official client has them.
function method(action, request) {
  return (params, opts, callback) => {
    if (typeof params === 'function') [params, opts, callback] = [{}, {}, params];
    if (typeof opts === 'function') [opts, callback] = [{}, opts];
    return request(requestOf(action, params ?? {}), opts ?? {}, callback);
  };
}

function requestOf(action, params) {
  const sent = action.parameters.filter((each) => each.default != null);
  const defaults = Object.fromEntries(sent.map((each) => [each.name, each.default]));
  const request = { method: action.method, url: action.path, headers: {}, params: defaults };
  for (const [name, value] of Object.entries(params)) {
    const place = action.parameters.find((each) => each.name === name)?.in;
    if (place === 'path') {
      request.url = request.url.replace(`{${name}}`, encodeURIComponent(value));
    } else if (place === 'query') {
      request.params[name] = value;
    } else if (place === 'header') {
      request.headers[name] = value;
    } else if (name === action.body?.name) {
      request.data = value;
      const [media] = action.body.mediaTypes;
      if (media !== 'application/json') request.headers['Content-Type'] = media;
    } else {
      throw new TypeError(`${action.id} has no parameter ${name}`);
    }
  }
  return request;
}

// What sends the requests of the stand-in.
function sender(job) {
  const send = async ({ method, url, headers, params, data }) => {
    const query = new URLSearchParams(params).toString();
    const response = await fetch(job.url + url + (query && `?${query}`), {
      method,
      headers: { Authorization: job.authorization, ...headers },
      body: data && JSON.stringify(data),
    });
    const text = await response.text();
    const body = text && JSON.parse(text);
    if (response.ok) return body;
    throw Object.assign(new Error(body?.message ?? text), { statusCode: response.status });
  };
  return (request, _, callback) => {
    const sent = send(request);
    if (!callback) return sent;
    // Not in the promise: what a callback throws is nobody's rejection.
    sent.then((body) => setTimeout(callback, 0, null, body), (error) => setTimeout(callback, 0, error));
    return undefined;
  };
}
