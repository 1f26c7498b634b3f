using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Telephony;
using Callback.Web.Components.Accounts;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Lines;

/// <summary>The forms of the Lines page, and of everybody's own phone on the account page.</summary>
internal static class LinesEndpoints
{
    public static void MapLines(this IEndpointRouteBuilder endpoints)
    {
        var lines = endpoints.MapGroup("/lines").RequirePermission(Permission.ManageLines);
        lines.MapPost("/check", CheckAsync);
        lines.MapPost("/shops/{code}", SaveShopAsync);
        lines.MapPost("/legs/{user:guid}", SaveLegAsync);
        lines.MapPost("/test", TestAsync);
        endpoints.MapPost("/account/phone", SaveOwnLegAsync).RequireAuthorization();
    }

    private static async Task<IResult> CheckAsync(HttpContext context, CheckLine check, IFormCollection form, CancellationToken ct) =>
        Screen.Page<LinesPage>(new Dictionary<string, object?> { [nameof(LinesPage.Check)] = await check.RunAsync(context.GetActor(), ct) });

    private static async Task<IResult> SaveShopAsync(HttpContext context, string code, IFormCollection form, SaveLineSettings save, CancellationToken ct)
    {
        var recording = Enum.TryParse<CallRecording>(form["recording"], out var chosen) ? chosen : CallRecording.Off;
        var input = new SaveLineSettingsInput(ShopId.TryParse(code, out var shop) ? shop : new("-"), form["callerId"], recording, form["machineDetection"] == "true");
        try
        {
            await save.RunAsync(context.GetActor(), input, ct);
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new(code, wrong.Problems, form));
        }
        Flash.Success(context, "lines.saved");
        return Screen.SeeOther(context, "/lines");
    }

    private static async Task<IResult> SaveLegAsync(HttpContext context, Guid user, IFormCollection form, SaveAgentLeg save, CancellationToken ct)
    {
        try
        {
            await save.RunAsync(context.GetActor(), LegOf(user, form), ct);
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new($"{user}", wrong.Problems, form));
        }
        Flash.Success(context, "lines.saved");
        return Screen.SeeOther(context, "/lines");
    }

    private static async Task<IResult> TestAsync(HttpContext context, IFormCollection form, TestCall test, LineWords words, CancellationToken ct)
    {
        try
        {
            var shop = ShopId.TryParse(form["atShop"].ToString(), out var known) ? known : new("-");
            switch (await test.RunAsync(context.GetActor(), new(shop, form["number"].ToString()), ct))
            {
                case LineAnswer.Accepted:
                    Flash.Success(context, "lines.test-rings");
                    break;
                case LineAnswer.Refused refused:
                    Flash.Danger(context, "lines.refused", words.Of(refused.Code));
                    break;
                default:
                    Flash.Warning(context, "lines.test-unknown");
                    break;
            }
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new("test", wrong.Problems, form));
        }
        return Screen.SeeOther(context, "/lines");
    }

    private static async Task<IResult> SaveOwnLegAsync(HttpContext context, IFormCollection form, SaveAgentLeg save, CancellationToken ct)
    {
        try
        {
            await save.RunAsync(context.GetActor(), LegOf(null, form), ct);
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?> { [nameof(AccountPage.PhoneProblems)] = wrong.Problems, [nameof(AccountPage.PhoneTyped)] = form };
            return Screen.Page<AccountPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "leg.saved");
        return Screen.SeeOther(context, "/account");
    }

    private static SaveAgentLegInput LegOf(Guid? user, IFormCollection form) =>
        new(user, Enum.TryParse<LegKind>(form["kind"], out var kind) ? kind : null, form["address"], form["keepOpen"] == "true");

    private static IResult Refused(LinesForm form) => Screen.Page<LinesPage>(new Dictionary<string, object?> { [nameof(LinesPage.Refused)] = form }, StatusCodes.Status422UnprocessableEntity);
}
