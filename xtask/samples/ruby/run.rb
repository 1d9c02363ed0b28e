# Runs one sample of the pages: `ruby run.rb JOB`, where JOB is a file of JSON.
#
# The sample finds `client` and the page's variables in scope. The client is a stand-in of the shape
# of the official gem: resources and actions in snake case, keyword arguments, a Hash that comes
# back, a ResponseError that is raised. What an action sends is read from the list of actions that
# the docs have for programs. What the sample printed and which error it raised go to standard
# output.

require 'json'
require 'net/http'

# An answer that is no success.
class ResponseError < StandardError
  attr_reader :code

  def initialize(code, message)
    super(message)
    @code = code
  end
end

# `resendInvite` -> `resend_invite`
def snake(key)
  key.gsub(/([a-z0-9])([A-Z])/, '\1_\2').downcase
end

# The client: a method for each resource.
class Client
  def initialize(job)
    job['index']['actions'].group_by { |action| action['resource'] }.each do |key, actions|
      resource = Resource.new(job, actions)
      define_singleton_method(snake(key)) { resource }
    end
  end
end

# A resource: a method for each action.
class Resource
  def initialize(job, actions)
    @job = job
    actions.each do |action|
      define_singleton_method(snake(action['action'])) { |params = {}| call(action, params) }
    end
  end

  private

  def call(action, params)
    path, query, headers, body = taken_apart(action, params)
    query = query.empty? ? '' : "?#{URI.encode_www_form(query)}"
    uri = URI("#{@job['url']}#{path}#{query}")
    request = Net::HTTP.const_get(action['method'].capitalize).new(uri)
    request['Authorization'] = @job['authorization']
    headers.each { |name, value| request[name] = value }
    send_body(request, action, body) if body
    answered(Net::HTTP.new(uri.host, uri.port, nil).request(request))
  end

  def taken_apart(action, params)
    path, query, headers, body = action['path'].dup, {}, {}, nil
    params.each do |name, value|
      parameter = action['parameters'].find { |each| each['name'] == name.to_s }
      case parameter && parameter['in']
      when 'path' then path.sub!("{#{name}}", URI.encode_www_form_component(value))
      when 'query' then query[name] = value
      when 'header' then headers[name.to_s] = value
      else
        known = action['body'] && action['body']['name'] == name.to_s
        raise ArgumentError, "#{action['id']} has no parameter #{name}" unless known

        body = value
      end
    end
    [path, query, headers, body]
  end

  def send_body(request, action, body)
    request['Content-Type'] = action['body']['mediaTypes'].first
    request.body = JSON.generate(body)
  end

  def answered(response)
    status = response.code.to_i
    raise ResponseError.new(status, response.body) if status >= 400

    response.body.to_s.empty? ? nil : JSON.parse(response.body)
  end
end

job = JSON.parse(File.read(ARGV.fetch(0)))
said = { logged: [], failed: [], client: 'stand-in' }
scope = Object.new
scope.define_singleton_method(:puts) { |value| said[:logged] << value }
place = scope.instance_eval { binding }
place.local_variable_set(:client, Client.new(job))
place.local_variable_set(:optional_params, {})
job['names'].each { |name, value| place.local_variable_set(name, value) }
begin
  place.eval(job['code'], job['document'], job['line'])
rescue ResponseError => e
  said[:failed] << { status: e.code, message: e.message }
end
$stdout.write(JSON.generate(said))
