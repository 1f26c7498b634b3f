using System.CommandLine;
using Callback.Accounts;

namespace Callback.Web.Verbs;

/// <summary><c>callback user add|disable|enable|reset NAME</c>.</summary>
internal static class UserVerb
{
    public static Command Create() => new("user", "Add users, let them in and keep them out.")
    {
        Add(),
        Switch("disable", "Let a user in no more, from their next request on.", disable: true),
        Switch("enable", "Let a disabled user in again.", disable: false),
        Reset(),
    };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "What is typed at sign-in." };
        var role = new Option<Role[]>("--role") { Description = "agent, scheduler, manager or admin; may be repeated.", Required = true };
        var shop = new Option<string[]>("--shop") { Description = "The shop's code; may be repeated. Not for admin.", DefaultValueFactory = _ => [] };
        var display = new Option<string?>("--display-name") { Description = "As colleagues see them (default: the name)." };
        var language = new Option<string>("--language") { Description = "Of the screens: zh-CN or en.", DefaultValueFactory = _ => "zh-CN" };
        return new Command("add", "Add a user; prints a one-time password on the last line.") { name, role, shop, display, language }.Runs(async (verb, ct) =>
        {
            var roles = verb.Arguments.GetRequiredValue(role);
            var shops = verb.Arguments.GetRequiredValue(shop).Select(ShopId.Parse).ToList();
            var input = new CreateUserInput(
                verb.Arguments.GetRequiredValue(name),
                verb.Arguments.GetValue(display),
                roles.Contains(Role.Admin),
                [.. from inShop in shops from one in roles where one != Role.Admin select new Membership(inShop, one)],
                verb.Arguments.GetRequiredValue(language));
            var created = await verb.Service<CreateUser>().RunAsync(verb.Actor, input, ct);
            verb.Answer(
                new { userId = created.UserId, name = created.Name, oneTimePassword = created.OneTimePassword },
                $"Added {created.Name}. The password below is for the first sign-in and must be changed there.\n{created.OneTimePassword}");
            return VerbContext.Done;
        });
    }

    private static Command Switch(string word, string description, bool disable)
    {
        var name = new Argument<string>("NAME");
        return new Command(word, description) { name }.Runs(async (verb, ct) =>
        {
            var user = await FindAsync(verb, verb.Arguments.GetRequiredValue(name), ct);
            await verb.Service<DisableUser>().RunAsync(verb.Actor, user.UserId, disable, ct);
            verb.Answer(new { name = user.Name, disabled = disable }, disable ? $"{user.Name} is signed out and cannot sign in." : $"{user.Name} can sign in.");
            return VerbContext.Done;
        });
    }

    private static Command Reset()
    {
        var name = new Argument<string>("NAME");
        return new Command("reset", "A new one-time password, without second factor and counted failures.") { name }.Runs(async (verb, ct) =>
        {
            var user = await FindAsync(verb, verb.Arguments.GetRequiredValue(name), ct);
            var password = await verb.Service<ResetSignIn>().RunAsync(verb.Actor, user.UserId, ct);
            verb.Answer(new { name = user.Name, oneTimePassword = password }, $"The password below is for the next sign-in of {user.Name} and must be changed there.\n{password}");
            return VerbContext.Done;
        });
    }

    private static async Task<User> FindAsync(VerbContext verb, string name, CancellationToken ct) =>
        (await verb.Service<UserQueries>().FindByNameAsync(name, ct))?.User ?? throw new InvalidInputException(Problem.Of("user-unknown", "NAME", ("name", name)));
}
