using System.Net;
using System.Text;
using Callback.Accounts;
using Callback.Web.SignIn;
using Callback.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.SignIn;

/// <summary>
/// Every endpoint and page there is, with every role, another shop and nobody: read from the endpoints themselves, so that a new one is held too.
/// ASVS 8.2.1, 8.2.2, 8.3.1, 8.4.1.
/// </summary>
public sealed class EndpointMatrixTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] OpenToStrangers =
    [
        "/healthz", "/readyz", "/csp-report", "/sign-in", "/sign-in/code", "/sign-in/password", "/sign-in/second-factor", "/sign-in/demo", "/sign-out", "/set-up",
        "/preferences/language", "/preferences/theme", "/assets/", "/error/", "/not-found", "/openapi/", "/webhooks/",
    ];

    private static readonly string[] OpenToAllUsers = ["/", "/account", "/account/", "/preferences/shop", "/help", "/help/", "/softphone/token", "/_framework/opaque-redirect"];

    [Fact]
    public void Every_endpoint_names_its_permission_ASVS_8_1_1()
    {
        var unnamed = Routes().Where(route => route.Permissions.Count == 0 && !IsListed(route)).Select(route => $"{route}");
        Assert.Empty(unnamed);
    }

    [Fact]
    public async Task Strangers_reach_nothing_but_sign_in_ASVS_8_3_1()
    {
        using var client = shared.App.Stranger(out _);
        var reached = new List<string>();
        foreach (var route in Routes().Where(route => !route.IsOpen))
        {
            var answer = await client.SendAsync(route.Request(SharedApp.Shop));
            var refused = route.IsApi
                ? answer.StatusCode == HttpStatusCode.Unauthorized
                : answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal);
            if (!refused)
                reached.Add($"{route}: {(int)answer.StatusCode}");
        }
        Assert.Empty(reached);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Scheduler)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Admin)]
    public async Task A_role_reaches_what_it_is_for_and_nothing_else_ASVS_8_2_1(Role role)
    {
        using var client = await shared.App.ClientAs(role, SharedApp.Shop);
        var wrong = new List<string>();
        foreach (var route in Routes().Where(route => route is { IsApi: false, IsOpen: false, Permissions.Count: > 0 }))
        {
            var answer = await client.SendAsync(route.Request(shop: null));
            var allowed = route.Permissions.All(Permissions.Of(role).Contains);
            var status = (int)answer.StatusCode;
            // A form without its token is a bad request, but for those who may send it only.
            var fits = allowed ? status is not (401 or 403 or >= 500) && (!route.IsForm || status == 400) : status == 403;
            if (!fits)
                wrong.Add($"{route}: {status}, {(allowed ? "allowed" : "not allowed")}");
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Scheduler)]
    [InlineData(Role.Manager)]
    public async Task Another_shops_pages_do_not_exist_ASVS_8_2_2(Role role)
    {
        using var client = await shared.App.ClientAs(role, SharedApp.Shop);
        var reached = new List<string>();
        foreach (var route in Routes().Where(route => route is { IsApi: false, IsOpen: false, Permissions.Count: > 0 } && route.Permissions.All(Permissions.Of(role).Contains)))
        {
            foreach (var shop in new[] { "silk", "no-such-shop" })
            {
                var answer = await client.SendAsync(route.Request(new(shop)));
                if (answer.StatusCode != HttpStatusCode.NotFound)
                    reached.Add($"{route} for {shop}: {(int)answer.StatusCode}");
            }
        }
        Assert.Empty(reached);
    }

    [Theory]
    [InlineData(KeyScope.Orders)]
    [InlineData(KeyScope.Desk)]
    [InlineData(KeyScope.Log)]
    [InlineData(KeyScope.Campaigns)]
    [InlineData(KeyScope.Suppressions)]
    public async Task A_key_reaches_its_scopes_in_its_shop_and_nothing_else_ASVS_8_2_1(KeyScope scope)
    {
        var agent = await shared.App.UserAsync(Role.Agent, SharedApp.Shop);
        using var client = await shared.App.KeyClientAsync(SharedApp.Shop, [scope], agent.Name);
        var granted = KeyScopes.PermissionsOf([scope], [Role.Agent, Role.Manager]);
        var wrong = new List<string>();
        foreach (var route in Routes().Where(route => route is { IsApi: true, IsOpen: false, Permissions.Count: > 0 }))
        {
            var status = (int)(await client.SendAsync(route.Request(SharedApp.Shop))).StatusCode;
            var allowed = route.Permissions.All(granted.Contains);
            if (allowed ? status is 401 or 403 or >= 500 : status != 403)
                wrong.Add($"{route}: {status}, {(allowed ? "allowed" : "not allowed")}");
            if (route.HasShop && (int)(await client.SendAsync(route.Request(new("silk")))).StatusCode is var other and not 404)
                wrong.Add($"{route} of another shop: {other}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_api_takes_no_cookie_ASVS_3_5_1()
    {
        using var client = await shared.App.ClientAs(Role.Manager, SharedApp.Shop);
        foreach (var route in Routes().Where(route => route is { IsApi: true, IsOpen: false }))
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(route.Request(SharedApp.Shop))).StatusCode);
    }

    private IEnumerable<Route> Routes() =>
        from endpoint in shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method != "HEAD"
        let isPage = endpoint.Metadata.Any(item => item.GetType().Name == "ComponentTypeMetadata")
        where !isPage || method == "GET"
        select new Route(endpoint, method);

    private static bool IsListed(Route route)
    {
        var path = "/" + route.Endpoint.RoutePattern.RawText!.TrimStart('/');
        return (route.IsOpen ? OpenToStrangers : OpenToAllUsers).Any(listed => path == listed || (listed.Length > 1 && listed.EndsWith('/') && path.StartsWith(listed, StringComparison.Ordinal)));
    }

    private sealed record Route(RouteEndpoint Endpoint, string Method)
    {
        public IReadOnlyList<Permission> Permissions =>
            [.. Endpoint.Metadata.GetOrderedMetadata<RequirePermissionAttribute>().Select(required => required.Permission).Distinct()];

        public bool IsOpen => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

        public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal);

        public bool IsForm => Method == "POST" && !IsApi;

        public bool HasShop => Endpoint.RoutePattern.GetParameter("shop") is not null;

        private string Path => "/" + Endpoint.RoutePattern.RawText!.TrimStart('/');

        public HttpRequestMessage Request(ShopId? shop)
        {
            var path = string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Text(part, shop)))));
            var query = shop is not null && !IsApi ? $"?shop={shop}" : "";
            var request = new HttpRequestMessage(new HttpMethod(Method), $"/{path}{query}");
            if (Method is "POST" or "PUT")
                request.Content = Content();
            return request;
        }

        public override string ToString() => $"{Method} {Path}";

        private HttpContent Content()
        {
            var types = Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
            if (types.Contains("multipart/form-data") && !types.Contains("application/x-www-form-urlencoded"))
                return new MultipartFormDataContent { { new StringContent("x"), "x" } };
            return IsApi ? new StringContent("{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]);
        }

        private string Text(RoutePatternPart part, ShopId? shop) => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "shop" } => (shop ?? SharedApp.Shop).Value,
            RoutePatternParameterPart parameter => Endpoint.RoutePattern.ParameterPolicies.TryGetValue(parameter.Name, out var policies)
                ? policies[0].Content switch { "guid" => Guid.Empty.ToString(), "int" or "long" => "1", _ => "x" }
                : "x",
            _ => "",
        };
    }
}
