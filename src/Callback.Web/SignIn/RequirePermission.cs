using Microsoft.AspNetCore.Authorization;

namespace Callback.Web.SignIn;

/// <summary>
/// What an endpoint asks for: on a page as <c>@attribute [RequirePermission(Permission.ViewOrders)]</c>, on an endpoint as <c>.RequirePermission(Permission.ViewOrders)</c>.
/// Where the route has a <c>{shop}</c>, the permission must hold in that shop: another shop's page does not exist (404), too small a role is refused (403).
/// Also the metadata by which the matrix test finds every route's permission.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirePermissionAttribute(Permission permission) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}

internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

public static class PermissionEndpoints
{
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new RequirePermissionAttribute(permission));
}
