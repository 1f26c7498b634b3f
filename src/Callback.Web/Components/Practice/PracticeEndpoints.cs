using Callback.Practice;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Practice;

internal static class PracticeEndpoints
{
    private const string AnswerPrefix = "answer.";

    public static void MapPractice(this IEndpointRouteBuilder app)
    {
        var practice = app.MapGroup("/practice").RequirePermission(Permission.TakeCalls);
        practice.MapPost("/call", StartAsync);
        practice.MapPost("/{course}/quiz", TakeQuizAsync);
        app.MapPost("/training/required", RequireAsync).RequirePermission(Permission.ManageTraining);
    }

    /// <summary>Makes the call and goes to the desk, where it waits in the agent's hands.</summary>
    private static async Task<IResult> StartAsync(
        HttpContext http, [FromForm] string course, [FromForm] string call, CurrentShop shop, StartPracticeCall start, Fmt fmt, CancellationToken ct)
    {
        try
        {
            switch (await start.RunAsync(http.GetActor(), new(shop.Id, course, call), ct))
            {
                case StartPracticeCallResult.OnTheDesk { Other: true }:
                    Flash.Warning(http, "practice.other-card");
                    break;
                case StartPracticeCallResult.NotHandedOut { OpensAt: { } opens }:
                    Flash.Warning(http, "practice.closed-now", fmt.When(opens));
                    return Screen.SeeOther(http, shop.Link("/practice"));
                case StartPracticeCallResult.NotHandedOut:
                    Flash.Warning(http, "practice.not-handed-out");
                    return Screen.SeeOther(http, shop.Link("/practice"));
            }
        }
        catch (InvalidInputException refused)
        {
            Flash.Danger(http, $"problem.{refused.Problems[0].Code}");
            return Screen.SeeOther(http, shop.Link("/practice"));
        }
        return Screen.SeeOther(http, "/desk");
    }

    private static async Task<IResult> TakeQuizAsync(HttpContext http, string course, IFormCollection form, CurrentShop shop, TakeQuiz take, CancellationToken ct)
    {
        var answers = form.Keys.Where(key => key.StartsWith(AnswerPrefix, StringComparison.Ordinal)).ToDictionary(key => key[AnswerPrefix.Length..], key => form[key].ToString());
        try
        {
            var result = await take.RunAsync(http.GetActor(), new(shop.Id, course, answers), ct);
            return Screen.Page<QuizPage>(new Dictionary<string, object?> { [nameof(QuizPage.CourseId)] = course, [nameof(QuizPage.Result)] = result });
        }
        catch (InvalidInputException refused)
        {
            Flash.Danger(http, $"problem.{refused.Problems[0].Code}");
            return Screen.SeeOther(http, shop.Link("/practice"));
        }
    }

    private static async Task<IResult> RequireAsync(HttpContext http, [FromForm] string? course, CurrentShop shop, RequireCourse require, CancellationToken ct)
    {
        try
        {
            await require.RunAsync(http.GetActor(), new(shop.Id, string.IsNullOrEmpty(course) ? null : course), ct);
        }
        catch (InvalidInputException refused)
        {
            return Screen.Page<TrainingPage>(new Dictionary<string, object?> { [nameof(TrainingPage.Problems)] = refused.Problems }, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(http, "training.saved");
        return Screen.SeeOther(http, shop.Link("/training"));
    }
}

internal static class PracticeShops
{
    /// <summary>Where an actor practises: the chosen shop if it is one for that, else the first that is; null: the actor is in none.</summary>
    public static ShopId? PracticeOf(this CurrentShop shops, Actor actor) =>
        (shops.Info is { Practice: true } chosen ? [chosen] : shops.All.Where(shop => shop.Practice))
            .Where(shop => actor.May(Permission.TakeCalls, shop.ShopId)).Select(shop => (ShopId?)shop.ShopId).FirstOrDefault();
}
