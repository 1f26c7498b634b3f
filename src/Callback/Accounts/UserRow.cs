namespace Callback.Accounts;

/// <summary>A user with their memberships, as one row.</summary>
internal class UserRow
{
    /// <summary>Of <c>users u</c>. A closed shop's memberships count for nothing.</summary>
    public const string Columns =
        """
        u.user_id, u.name, u.display_name, u.is_admin, u.language, u.password_hash, u.security_stamp, u.must_change_password,
        u.totp_enabled_at, u.disabled_at, u.created_at,
        array(
            select m.shop_id || ':' || m.role
            from memberships m
            join shops h using (shop_id)
            where m.user_id = u.user_id and h.closed_at is null
            order by m.shop_id, m.role) as roles
        """;

    public Guid UserId { get; init; }

    public string Name { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public bool IsAdmin { get; init; }

    public string Language { get; init; } = "";

    public string? PasswordHash { get; init; }

    public string SecurityStamp { get; init; } = "";

    public bool MustChangePassword { get; init; }

    public DateTimeOffset? TotpEnabledAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string[] Roles { get; init; } = [];

    public UserWithRoles ToUser() => new(
        new()
        {
            UserId = UserId,
            Name = Name,
            DisplayName = DisplayName,
            IsAdmin = IsAdmin,
            Language = Language,
            PasswordHash = PasswordHash,
            SecurityStamp = SecurityStamp,
            MustChangePassword = MustChangePassword,
            TotpEnabledAt = TotpEnabledAt,
            DisabledAt = DisabledAt,
            CreatedAt = CreatedAt,
        },
        [.. Roles.Select(Membership.Parse)]);
}
