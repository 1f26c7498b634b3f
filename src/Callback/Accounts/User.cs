namespace Callback.Accounts;

/// <summary>A person who signs in.</summary>
public sealed class User
{
    public Guid UserId { get; init; }

    /// <summary>What is typed at sign-in: 2–64 characters, lower case.</summary>
    public string Name { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public bool IsAdmin { get; init; }

    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh-CN";

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password, so that what was issued before it no longer counts.</summary>
    public string SecurityStamp { get; set; } = "";

    public bool MustChangePassword { get; set; }

    public DateTimeOffset? TotpEnabledAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a user is in a shop: Agent, Scheduler or Manager.</summary>
public sealed record Membership(ShopId Shop, Role Role)
{
    /// <param name="text">SHOP:ROLE.</param>
    /// <exception cref="InvalidInputException">It is not of this form.</exception>
    public static Membership Parse(string text) =>
        text.Split(':') is [var shop, var role] && ShopId.TryParse(shop, out var id) && Enum.TryParse<Role>(role, out var known) && Enum.IsDefined(known)
            ? new(id, known)
            : throw new InvalidInputException(Problem.Of("role-form", "roles", ("role", text)));

    public override string ToString() => $"{Shop}:{Role}";
}

/// <summary>A user and what they are where.</summary>
public sealed record UserWithRoles(User User, IReadOnlyList<Membership> Memberships)
{
    /// <summary>Those who see lists or rule over others need a second factor; an agent may have one.</summary>
    public bool NeedsSecondFactor => User.IsAdmin || Memberships.Any(membership => membership.Role != Role.Agent);
}
