using Callback.Accounts;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Callback.Web.Components.Accounts;

/// <summary>The forms of the users' pages.</summary>
internal static class UsersEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder endpoints)
    {
        var users = endpoints.MapGroup("/users").RequirePermission(Permission.ManageUsers);
        users.MapPost("", AddUserAsync);
        users.MapPost("/{userId:guid}/roles", SetRolesAsync);
        users.MapPost("/{userId:guid}/disable", (HttpContext context, DisableUser use, Guid userId, CancellationToken ct) => SwitchAsync(context, use, userId, true, ct));
        users.MapPost("/{userId:guid}/enable", (HttpContext context, DisableUser use, Guid userId, CancellationToken ct) => SwitchAsync(context, use, userId, false, ct));
        users.MapPost("/{userId:guid}/reset", ResetAsync);
    }

    private static async Task<IResult> AddUserAsync(HttpContext context, CreateUser create, Texts texts, [FromForm] AddUserForm form, CancellationToken ct)
    {
        try
        {
            var input = new CreateUserInput(form.Name ?? "", form.DisplayName, form.Role == Role.Admin, Memberships(form), form.Language ?? "zh-CN");
            var created = await create.RunAsync(context.GetActor(), input, ct);
            return SecretAnswer.Of(texts["accounts.user-added", created.Name], texts["accounts.one-time-password"], created.OneTimePassword, "/users");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?>
            {
                ["Problems"] = wrong.Problems,
                ["Name"] = form.Name,
                ["DisplayName"] = form.DisplayName,
                ["RoleName"] = form.Role.ToString(),
                ["ShopCode"] = form.AtShop,
            };
            return Screen.Page<UsersPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static List<Membership> Memberships(AddUserForm form) =>
        string.IsNullOrEmpty(form.AtShop) || form.Role == Role.Admin ? [] : [new(new(form.AtShop), form.Role)];

    private static async Task<IResult> SetRolesAsync(HttpContext context, SetMemberships set, Guid userId, [FromForm] StringValues roles, CancellationToken ct)
    {
        try
        {
            await set.RunAsync(context.GetActor(), userId, [.. roles.OfType<string>().Select(Membership.Parse)], ct);
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<UserPage>(new Dictionary<string, object?> { ["UserId"] = userId, ["Problems"] = wrong.Problems }, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "accounts.roles-saved");
        return Screen.SeeOther(context, $"/users/{userId}");
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, DisableUser use, Guid userId, bool disable, CancellationToken ct)
    {
        try
        {
            await use.RunAsync(context.GetActor(), userId, disable, ct);
            Flash.Success(context, disable ? "accounts.user-disabled" : "accounts.user-enabled");
        }
        catch (InvalidInputException wrong)
        {
            Flash.Danger(context, $"problem.{wrong.Problems[0].Code}");
        }
        return Screen.SeeOther(context, $"/users/{userId}");
    }

    private static async Task<IResult> ResetAsync(HttpContext context, ResetSignIn reset, Texts texts, Guid userId, CancellationToken ct)
    {
        var password = await reset.RunAsync(context.GetActor(), userId, ct);
        return SecretAnswer.Of(texts["accounts.reset-done"], texts["accounts.one-time-password"], password, $"/users/{userId}");
    }

    private sealed record AddUserForm(string? Name, string? DisplayName, Role Role, string? AtShop, string? Language);
}
