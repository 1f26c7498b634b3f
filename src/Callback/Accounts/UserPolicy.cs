namespace Callback.Accounts;

/// <summary>What a user's name and roles may be.</summary>
public static class UserPolicy
{
    public static IReadOnlyList<Problem> Problems(string name, CreateUserInput input)
    {
        var problems = new List<Problem>();
        if (name.Length is < 2 or > 64 || !name.All(IsNameCharacter))
            problems.Add(Problem.Of("user-name-form", "name", ("name", name)));
        if (input.DisplayName is { } display && display.Trim().Length > 64)
            problems.Add(Problem.Of("too-long", "displayName", ("most", "64")));
        if (input.Language is not ("zh-CN" or "en"))
            problems.Add(Problem.Of("language-unknown", "language", ("language", input.Language)));
        problems.AddRange(RoleProblems(input.IsAdmin, input.Memberships));
        return problems;
    }

    public static IEnumerable<Problem> RoleProblems(bool isAdmin, IReadOnlyList<Membership> memberships)
    {
        if (isAdmin && memberships.Count > 0)
            yield return Problem.Of("admin-in-no-shop", "role");
        if (memberships.Any(membership => membership.Role == Role.Admin))
            yield return Problem.Of("admin-not-per-shop", "role");
        // The one who lifts a block must be another than the one who asks for it; that is held per act, so both roles may meet in one person.
        if (!isAdmin && memberships.Count == 0)
            yield return Problem.Of("role-needed", "role");
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '@';
}
