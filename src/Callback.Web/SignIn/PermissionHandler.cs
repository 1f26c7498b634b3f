using Callback.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Callback.Web.SignIn;

/// <summary>The first wall at the endpoint; the use case asks again.</summary>
internal sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.Resource is HttpContext http
            && http.FindSignedIn() is { Stage: SignInStage.Complete, Actor: var actor }
            && May(actor, requirement.Permission, ShopOf(http)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <summary>The shop the request names: in the path, or on the screens as <c>?shop=</c>.</summary>
    internal static ShopId? ShopOf(HttpContext http) =>
        http.Request.RouteValues["shop"] is string shop ? new(shop)
        : http.Request.Query["shop"].ToString() is { Length: > 0 } asked && !Schemes.IsApi(http.Request.Path) ? new(asked)
        : null;

    private static bool May(Actor actor, Permission permission, ShopId? shop) =>
        shop is { } id ? actor.May(permission, id) : actor.May(permission);
}

/// <summary>Answers a refusal about a shop that is not the actor's as if there were no such shop.</summary>
internal sealed class OtherShopIsUnknown : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden
            && PermissionHandler.ShopOf(context) is { } shop
            && context.FindSignedIn() is { Stage: SignInStage.Complete, Actor: var actor }
            && !actor.Shops.ContainsKey(shop))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        return standard.HandleAsync(next, context, policy, authorizeResult);
    }
}
